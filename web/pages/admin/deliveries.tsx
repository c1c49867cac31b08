import { Button, Link } from '@fluentui/react-components'
import { useState } from 'react'
import type { ListedDelivery } from '../../../server/model/overview.ts'
import { useConsole } from './console-context.ts'
import { FilterField, Pager, queryOf, SearchField } from './filters.tsx'
import { Cell, Heading, Listing, Row, Ticked } from './listing.tsx'
import { Empty, Loaded, StateBadge, useStyles, When } from './parts.tsx'
import { Story } from './story.tsx'
import { useDo, useRead } from './use-admin.ts'

const states = [
  'held',
  'pending',
  'delivered',
  'accepted',
  'merged',
  'refused',
  'expired',
  'cancelled',
] as const
const asked = ['q', 'state', 'sourceId', 'entityId', 'since', 'until', 'cursor']

/** Everything that was, is and will be sent; each with its story. */
export function Deliveries() {
  const styles = useStyles()
  const { sentences, address, go } = useConsole()
  const { deliveries: words } = sentences
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const read = useRead<{ items: ListedDelivery[]; cursor?: string }>(
    `deliveries?${queryOf(address, asked)}`,
    { isSearched: true },
  )
  const { run, isBusy } = useDo()
  const shown = (read.data?.items ?? []).filter((one) => selected.has(one.id))
  const send = async () => {
    // Oldest first, as they happened.
    const ids = shown.map(({ id }) => id).toReversed()
    const sent = await run<{ sent: unknown[]; refused: unknown[] }>(
      'deliveries/redeliver',
      { method: 'POST', body: { ids } },
      (told) =>
        [words.sent(told.sent.length), told.refused.length > 0 && words.refused(told.refused.length)]
          .filter(Boolean)
          .join(' '),
      (told) => told.refused.length === 0,
    )
    if (sent) setSelected(new Set())
  }
  return (
    <>
      <div className={styles.bar}>
        <SearchField />
        <FilterField
          name="state"
          label={words.state}
          options={states.map((state) => [state, sentences.states[state]] as const)}
        />
        {address['entityId'] && (
          <span>
            {words.ofOne} <Link onClick={() => go({ page: 'deliveries' })}>{words.showAll}</Link>
          </span>
        )}
        <span className={styles.grow} />
        <Button appearance="primary" disabled={shown.length === 0 || isBusy} onClick={() => void send()}>
          {shown.length === 0 ? words.sendAgain : words.sendSelected(shown.length)}
        </Button>
      </div>
      <Loaded read={read}>
        {({ items, cursor }) =>
          items.length === 0 && cursor === undefined ? (
            <Empty title={words.empty} text={words.emptyText} />
          ) : (
            <>
              <DeliveryTable items={items} selected={selected} onSelect={setSelected} />
              <Pager next={cursor} />
            </>
          )
        }
      </Loaded>
      {address['id'] && <Story id={address['id']} onClose={() => go({ ...address, id: '' })} />}
    </>
  )
}

function DeliveryTable(props: {
  items: ListedDelivery[]
  selected: ReadonlySet<string>
  onSelect(ids: ReadonlySet<string>): void
}) {
  const { deliveries: words } = useConsole().sentences
  const { items, selected, onSelect } = props
  const sendable = items.filter((one) => one.canSendAgain)
  const isAll = sendable.length > 0 && sendable.every(({ id }) => selected.has(id))
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    onSelect(next)
  }
  return (
    <Listing
      headings={
        <>
          <Heading worked>
            <Ticked
              name={words.selectAll}
              label={words.selectAll}
              isOn={isAll}
              onToggle={() => onSelect(new Set(isAll ? [] : sendable.map(({ id }) => id)))}
            >
              {words.what}
            </Ticked>
          </Heading>
          {[words.where, words.state, words.when].map((title) => (
            <Heading key={title}>{title}</Heading>
          ))}
          <Heading holds="number">{words.attempts}</Heading>
        </>
      }
    >
      {items.map((one) => (
        <DeliveryRow key={one.id} one={one} isSelected={selected.has(one.id)} onToggle={toggle} />
      ))}
    </Listing>
  )
}

function DeliveryRow(props: { one: ListedDelivery; isSelected: boolean; onToggle(id: string): void }) {
  const styles = useStyles()
  const { sentences, address, go } = useConsole()
  const { deliveries: words } = sentences
  const { one, isSelected, onToggle } = props
  return (
    <Row>
      <Cell>
        <Ticked
          name={words.select(one.title)}
          isOn={isSelected}
          isOff={!one.canSendAgain}
          onToggle={() => onToggle(one.id)}
        >
          <Link as="button" onClick={() => go({ ...address, id: one.id })}>
            {one.title}
          </Link>
          <div className={styles.small}>{one.sourceName}</div>
        </Ticked>
      </Cell>
      <Cell label={words.where}>
        {one.isTrial ? words.trial : (one.configurationName ?? words.removed)}
        <div className={styles.small}>{whereOf(one)}</div>
      </Cell>
      <Cell label={words.state}>
        <StateBadge state={one.state} />
        {one.state !== 'accepted' && <div className={styles.small}>{one.why}</div>}
      </Cell>
      <Cell label={words.when}>
        <When at={one.createdAt} />
      </Cell>
      <Cell label={words.attempts}>{one.attempts}</Cell>
    </Row>
  )
}

/** The team and the channel; of a test of a URL, what it was tried for; of what was removed, its id. */
function whereOf({ isTrial, configurationName, entityId, teamName, channelName }: ListedDelivery): string {
  if (configurationName === null) return entityId
  return isTrial ? configurationName : [teamName, channelName].filter(Boolean).join(' · ')
}
