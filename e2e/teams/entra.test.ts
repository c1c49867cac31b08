import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { TOKEN_FAULTS } from './entra.ts'
import { OTHER_TENANT_ID } from './people.ts'
import { createSimulatedTeams, type SimulatedTeams } from './simulated-teams.ts'

let teams: SimulatedTeams
beforeEach(async () => {
  teams = await createSimulatedTeams()
})
afterEach(() => teams.close())

/** A server that checks everything it should, with the keys as they are published now. */
async function accept(token: string) {
  const { authority, tenantId, clientId } = teams.entra
  const keys = createRemoteJWKSet(new URL(`${authority}/${tenantId}/discovery/v2.0/keys`))
  const { payload } = await jwtVerify(token, keys, {
    algorithms: ['RS256'],
    audience: clientId,
    issuer: `${authority}/${tenantId}/v2.0`,
    clockTolerance: 300,
  })
  if (payload['tid'] !== tenantId) throw new Error('tenant')
  if (payload['scp'] !== 'access_as_user') throw new Error('scope')
  return payload
}

describe('tokens', () => {
  test('are good for the person who is signed in', async () => {
    const [amara] = teams.people
    await expect(accept(await teams.entra.issueToken())).resolves.toMatchObject({
      oid: amara?.id,
      name: amara?.name,
      preferred_username: amara?.userPrincipalName,
      ver: '2.0',
    })
  })

  test('follow a change of person, and carry the roles of an administrator', async () => {
    const mei = teams.people.find(({ roles }) => roles.includes('Admin'))
    teams.setSession({ personId: mei?.id ?? '' })
    await expect(accept(await teams.entra.issueToken())).resolves.toMatchObject({
      oid: mei?.id,
      roles: ['Admin'],
    })
  })

  test('of a person of another tenant name that tenant as tenant and issuer', async () => {
    const noor = teams.people.find(({ tenantId }) => tenantId === OTHER_TENANT_ID)
    expect(noor).toBeDefined()
    const claims = decodeJwt(await teams.entra.issueToken({}, noor ? { person: noor } : {}))
    expect(claims).toMatchObject({
      tid: OTHER_TENANT_ID,
      iss: `${teams.entra.authority}/${OTHER_TENANT_ID}/v2.0`,
    })
  })

  test.each(TOKEN_FAULTS)('that are wrong are refused by a server that checks: %s', async (fault) => {
    await expect(accept(await teams.entra.issueToken({}, { fault }))).rejects.toThrow()
  })

  test('can have any claim changed, or left out', async () => {
    const claims = decodeJwt(await teams.entra.issueToken({ name: 'Someone', scp: undefined }))
    expect(claims['name']).toBe('Someone')
    expect(claims).not.toHaveProperty('scp')
  })

  test('signed before a rotation stay good until the old key is forgotten', async () => {
    const before = await teams.entra.issueToken()
    await teams.entra.rotateKeys()
    await accept(before)
    await accept(await teams.entra.issueToken())
    await teams.entra.rotateKeys({ forgetOld: true })
    await expect(accept(before)).rejects.toThrow()
    await accept(await teams.entra.issueToken())
  })

  test('are given out over HTTP, and no private key is', async () => {
    const answer = await fetch(`${teams.url}/control/entra/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ claims: { name: 'By HTTP' } }),
    })
    const { token } = (await answer.json()) as { token: string }
    expect(decodeJwt(token)['name']).toBe('By HTTP')
    const published = await teams.entra.keys()
    for (const key of published.keys)
      expect(Object.keys(key).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  })
})
