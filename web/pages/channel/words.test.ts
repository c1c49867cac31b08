import { expect, test } from 'vitest'
import { DeliveryState } from '../../../server/model/delivery.ts'
import { Health } from '../../../server/model/destination.ts'
import { channelWords } from './words.ts'

test('states and health are called as everywhere else, in the API and in the log', () => {
  const { states, health } = channelWords.en
  for (const { const: state } of DeliveryState.anyOf) expect(states[state].toLowerCase()).toBe(state)
  for (const { const: one } of Health.anyOf) expect(health[one].toLowerCase()).toBe(one)
})
