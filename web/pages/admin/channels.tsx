import { Badge, Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { MoreHorizontalRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { ListedConfiguration } from '../../../server/model/overview.ts'
import type { Source } from '../../../server/model/source.ts'
import { useConsole } from './console-context.ts'
import { EditChannel } from './edit-channel.tsx'
import { FilterField, FilterTick, Pager, queryOf, SearchField } from './filters.tsx'
import { Cell, Heading, Listing, MenuCell, Row } from './listing.tsx'
import { Ask, Empty, HealthBadge, Loaded, StateBadge, useStyles, When } from './parts.tsx'
import { ruleInWords } from './rule-in-words.ts'
import { useDo, useRead } from './use-admin.ts'

const healths = ['healthy', 'throttled', 'failing', 'gone', 'disabled'] as const
const asked = ['q', 'health', 'sourceId', 'state', 'unopened', 'cursor']

/** Every channel's configurations; those that nobody gets anything from come first. */
export function Channels() {
  const styles = useStyles()
  const { sentences, address } = useConsole()
  const { channels: words } = sentences
  const read = useRead<{ items: ListedConfiguration[]; cursor?: string }>(
    `configurations?${queryOf(address, asked)}`,
    { isSearched: true },
  )
  const sources = useRead<{ items: Source[] }>('sources')
  return (
    <>
      <div className={styles.bar}>
        <SearchField />
        <FilterField
          name="health"
          label={words.health}
          options={healths.map((health) => [health, sentences.health[health]] as const)}
        />
        <FilterField
          name="sourceId"
          label={words.source}
          options={(sources.data?.items ?? []).map(({ id, name }) => [id, name] as const)}
        />
        <FilterTick name="state" value="waiting" label={words.onlyWaiting} />
        <FilterTick name="unopened" value="true" label={words.onlyUnopened} />
      </div>
      {/* Not before the titles of what they want are there, or cannot be had: no words change under a reader's eyes. */}
      <Loaded read={sources.isPending ? { ...read, data: undefined } : read}>
        {({ items, cursor }) =>
          items.length === 0 ? (
            <Empty title={words.empty} text={words.emptyText} />
          ) : (
            <>
              <Listing
                headings={
                  <>
                    <Heading>{words.channel}</Heading>
                    <Heading>{words.configuration}</Heading>
                    <Heading>{words.goesTo}</Heading>
                    <Heading holds="number">{words.carried}</Heading>
                    <Heading>{words.last}</Heading>
                    <Heading holds="menu" />
                  </>
                }
              >
                {items.map((one) => (
                  <ChannelRow
                    key={one.entityId}
                    one={one}
                    source={sources.data?.items.find(({ id }) => id === one.sourceId)}
                  />
                ))}
              </Listing>
              <Pager next={cursor} />
            </>
          )
        }
      </Loaded>
    </>
  )
}

interface Shown {
  one: ListedConfiguration
  /** Absent while it cannot be read. */
  source: Source | undefined
}

function ChannelRow({ one, source }: Shown) {
  const styles = useStyles()
  const parts = useConsole()
  const { sentences, tag } = parts
  const { channels: words } = sentences
  const { place, lastDelivery } = one
  return (
    <Row>
      <Cell>
        <strong>{place.channelName ?? words.chat}</strong>
        <div className={styles.small}>{place.teamName}</div>
      </Cell>
      <Cell label={words.configuration}>
        {one.name} {one.paused && <Badge appearance="tint">{words.paused}</Badge>}
        {one.state === 'waiting' && (
          <Badge appearance="tint" color="warning">
            {words.waiting}
          </Badge>
        )}
        {one.host === 'tab' && one.openedAt === null && (
          <Badge appearance="tint" color="warning">
            {words.unopened}
          </Badge>
        )}
        <div className={styles.small}>
          {one.sourceName} · {ruleInWords(one.rule, source, parts)}
        </div>
      </Cell>
      <Cell label={words.goesTo}>
        <HealthBadge health={one.health} /> {sentences.transports[one.transport]}
        <div className={styles.small}>
          {one.healthReason ?? (one.transport === 'connector' ? words.retiring : one.webhookHost)}
        </div>
      </Cell>
      <Cell label={words.carried}>{new Intl.NumberFormat(tag).format(one.carried)}</Cell>
      <Cell label={words.last}>
        {lastDelivery && <StateBadge state={lastDelivery.state} />}{' '}
        <span className={styles.small}>
          <When at={lastDelivery?.createdAt ?? null} />
        </span>
      </Cell>
      <MenuCell>
        <ChannelActions one={one} source={source} />
      </MenuCell>
    </Row>
  )
}

function ChannelActions({ one, source }: Shown) {
  const parts = useConsole()
  const { sentences, go } = parts
  const { channels: words, common } = sentences
  const { run, isBusy } = useDo()
  const [open, setOpen] = useState<'edit' | 'remove' | 'switch off'>()
  // As it was when they began to look at it: what changes meanwhile is not approved.
  const [looked, setLooked] = useState<ListedConfiguration>()
  const { entityId, name, paused } = one
  const path = `configurations/${entityId}`
  const remove = async () => {
    if (await run(path, { method: 'DELETE' }, () => common.done)) setOpen(undefined)
  }
  const pause = () => run(`${path}/pause`, { method: 'POST', body: { paused: !paused } }, () => common.done)
  const approve = async () => {
    const guard = { method: 'POST', ifMatch: looked?.etag ?? '' } as const
    await run(`${path}/approve`, guard, () => words.approved)
    setLooked(undefined)
  }
  const disable = async (disabled: boolean) => {
    const switched = `destinations/${one.destinationId}/disable`
    if (await run(switched, { method: 'POST', body: { disabled } }, () => common.done)) setOpen(undefined)
  }
  const test = () => run(`${path}/test`, { method: 'POST' }, () => words.testSent)
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button
            appearance="subtle"
            icon={<MoreHorizontalRegular />}
            aria-label={common.actions(name)}
            disabled={isBusy}
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {one.state === 'waiting' && <MenuItem onClick={() => setLooked(one)}>{words.approve}</MenuItem>}
            <MenuItem onClick={() => setOpen('edit')}>{words.edit}</MenuItem>
            <MenuItem onClick={() => void pause()}>{paused ? words.resume : words.pause}</MenuItem>
            <MenuItem onClick={() => void test()}>{words.test}</MenuItem>
            <MenuItem onClick={() => go({ page: 'deliveries', entityId })}>{words.showDeliveries}</MenuItem>
            {one.health === 'disabled' ? (
              <MenuItem onClick={() => void disable(false)}>{words.switchOn}</MenuItem>
            ) : (
              <MenuItem onClick={() => setOpen('switch off')}>{words.switchOff}</MenuItem>
            )}
            <MenuItem onClick={() => setOpen('remove')}>{words.remove}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {open === 'edit' && <EditChannel one={one} onClose={() => setOpen(undefined)} />}
      {looked && (
        <Ask
          title={words.approveAsk(looked.name)}
          onClose={() => setLooked(undefined)}
          action={{ label: words.approve, run: () => void approve(), isOff: isBusy }}
        >
          <p>{words.approveText(looked.sourceName, whereOf(looked))}</p>
          <p>{ruleInWords(looked.rule, source, parts)}</p>
          <p>
            {sentences.transports[looked.transport]} · {looked.webhookHost}
          </p>
        </Ask>
      )}
      {open === 'switch off' && (
        <Ask
          title={words.switchOffAsk(name)}
          onClose={() => setOpen(undefined)}
          action={{ label: words.switchOff, run: () => void disable(true), isOff: isBusy }}
        >
          <p>{words.switchOffText}</p>
        </Ask>
      )}
      {open === 'remove' && (
        <Ask
          title={words.removeAsk(name)}
          onClose={() => setOpen(undefined)}
          action={{ label: words.remove, run: () => void remove(), isOff: isBusy }}
        >
          <p>{words.removeText}</p>
        </Ask>
      )}
    </>
  )
}

/** What its owner says where it is: the team and the channel, or its name in a chat. */
function whereOf({ place, name }: ListedConfiguration): string {
  return [place.teamName, place.channelName].filter(Boolean).join(' · ') || name
}
