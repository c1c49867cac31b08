import { expect, it } from 'vitest'
import { isLoopback } from './is-loopback.ts'

it.each([
  'localhost',
  'LOCALHOST',
  'a.localhost',
  '127.0.0.1',
  '127.9.9.9',
  '::1',
  '[::1]',
  '::ffff:127.0.0.1',
])('knows that %s is this machine', (host) => expect(isLoopback(host)).toBe(true))

it.each([
  '',
  'localhost.example',
  '127.0.0.1.example',
  '0.0.0.0',
  '128.0.0.1',
  '[::]',
  'fe80::1',
  'example.com',
])('does not take %j for this machine', (host) => expect(isLoopback(host)).toBe(false))
