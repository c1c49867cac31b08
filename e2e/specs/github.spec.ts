import { createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { github } from '../../server/sources/generic-json/presets/github.ts'
import { expect, test } from '../world.ts'
import { addCardwire, card, choose, openChannel, save } from './steps.ts'

const all = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string
  examples: object[]
}[]
const opened = all
  .find(({ name }) => name === 'pull_request')
  ?.examples.find((example) => 'action' in example && example.action === 'opened') as {
  pull_request: { title: string; html_url: string }
}

test('what GitHub really sends becomes a card, and what is not signed by it does not', async ({
  page,
  world,
}) => {
  const source = await world.connect({ kind: 'generic-json', name: 'GitHub', settings: github })
  await openChannel(page, world, 'Builds')
  const form = await addCardwire(page)
  await form.getByLabel('Source').click()
  await form.getByRole('option', { name: /GitHub/ }).click()
  await choose(form, { name: 'Our repositories', events: ['Pull requests'] })
  await save(page)

  const body = JSON.stringify(opened)
  const deliveryId = crypto.randomUUID()
  const send = (signature: string) =>
    fetch(source.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'pull_request',
        'x-github-delivery': deliveryId,
        'x-hub-signature-256': `sha256=${signature}`,
      },
      body,
    })
  const signed = (secret: string) => createHmac('sha256', secret).update(body).digest('hex')
  expect((await send(signed('a secret of someone else'))).status).toBe(401)
  expect((await send(signed(source.secret))).status).toBe(202)
  // GitHub may deliver one event twice.
  const again = await send(signed(source.secret))
  expect(await again.json()).toMatchObject({ events: [{ duplicate: true }] })

  const shown = card(page, opened.pull_request.title)
  await expect(shown).toHaveCount(1)
  await expect(shown.getByRole('link', { name: 'Open on GitHub' })).toHaveAttribute(
    'href',
    opened.pull_request.html_url,
  )
})
