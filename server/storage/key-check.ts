import type { Sealer } from '../secrets/seal.ts'
import type { Database } from './database.ts'

/**
 * What is wrong with the keys for this database, in words; empty when nothing is.
 *
 * Two things would otherwise show only much later, and as something else: a last key that is not the one webhook URLs
 * are recognised by, and values whose key is not listed any more.
 */
export async function keyFaults({
  database: { reader, transaction },
  sealer,
}: {
  database: Database
  sealer: Pick<Sealer, 'fingerprint' | 'knows'>
}): Promise<string[]> {
  const value = sealer.fingerprint('the key of this database')
  const kept = await transaction((tx) =>
    tx.kept.upsert({ where: { name: 'key-check' }, create: { name: 'key-check', value }, update: {} }),
  )
  const faults: string[] = []
  if (kept.value !== value) {
    faults.push(
      'SECRET_KEY: its last key is not the one by which this database recognises webhook URLs. Put the key it was made with at the end.',
    )
  }
  const sealed = [
    ...(
      await reader.destination.findMany({ where: { urlSealed: { not: null } }, select: { urlSealed: true } })
    ).map((row) => row.urlSealed),
    ...(await reader.source.findMany({ select: { secretsSealed: true } })).flatMap(
      (row) => row.secretsSealed as string[],
    ),
  ]
  const unknown = sealed.filter((one) => one !== null && !sealer.knows(one)).length
  if (unknown > 0) {
    faults.push(
      `SECRET_KEY: ${unknown} webhook URLs and secrets are sealed with keys that it does not list. List those keys too.`,
    )
  }
  return faults
}
