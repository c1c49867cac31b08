import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { median } from './median.ts'

/** What a process that has nothing to do holds of the machine's memory, in MB, some seconds after its last work. */
export async function residentMb(pid: number): Promise<number> {
  await wait(2500)
  const samples: number[] = []
  for (let sample = 0; sample < 5; sample += 1) {
    await wait(100)
    samples.push(residentKb(pid) / 1024)
  }
  return median(samples)
}

function residentKb(pid: number): number {
  if (process.platform === 'linux') {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  }
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }))
}
