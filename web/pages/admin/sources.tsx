import {
  Badge,
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  mergeClasses,
} from '@fluentui/react-components'
import { MoreHorizontalRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Source, SourceEdit } from '../../../server/model/source.ts'
import type { Answered } from '../../api.ts'
import { AppPackage } from './app-package.tsx'
import { useConsole } from './console-context.ts'
import { EditSource } from './edit-source.tsx'
import { Cell, Heading, Listing, MenuCell, Row } from './listing.tsx'
import { type Made, NewSource } from './new-source.tsx'
import { Empty, Loaded, useStyles, When } from './parts.tsx'
import { RemoveSource } from './remove-source.tsx'
import { RotateSecret } from './rotate-secret.tsx'
import { SetUp } from './set-up.tsx'
import { useRead } from './use-admin.ts'
import { useSourceEdit } from './use-source-edit.ts'

/** Which dialog is open; a secret is there only while its dialog is. */
type Open =
  | { is: 'app' }
  | { is: 'new' }
  | ({ is: 'set up'; id: string } & Partial<Made>)
  | { is: 'edit'; id: string }
  | { is: 'rotate'; seen: Answered<Source> }
  | { is: 'remove'; source: Source }

/** The connected systems. */
export function Sources() {
  const styles = useStyles()
  const { sources: words, app } = useConsole().sentences
  const read = useRead<{ items: Source[] }>('sources')
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const setUp = open?.is === 'set up' && read.data?.items.find(({ id }) => id === open.id)
  return (
    <>
      <div className={mergeClasses(styles.bar, styles.atEnd)}>
        <Button onClick={() => setOpen({ is: 'app' })}>{app.open}</Button>
        <Button appearance="primary" onClick={() => setOpen({ is: 'new' })}>
          {words.make}
        </Button>
      </div>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={words.empty} text={words.emptyText} />
          ) : (
            <Listing
              headings={
                <>
                  <Heading>{words.name}</Heading>
                  <Heading>{words.events}</Heading>
                  <Heading holds="number">{words.channels}</Heading>
                  <Heading>{words.secret}</Heading>
                  <Heading holds="menu" />
                </>
              }
            >
              {items.map((source) => (
                <SourceRow key={source.id} source={source} onOpen={setOpen} />
              ))}
            </Listing>
          )
        }
      </Loaded>
      {open?.is === 'app' && <AppPackage onClose={close} />}
      {open?.is === 'new' && (
        <NewSource onClose={close} onMade={(made) => setOpen({ is: 'set up', ...made })} />
      )}
      {setUp && open?.is === 'set up' && <SetUp source={setUp} shown={open} onClose={close} />}
      {open?.is === 'edit' && <EditSource id={open.id} onClose={close} />}
      {open?.is === 'rotate' && (
        <RotateSecret
          seen={open.seen}
          onClose={close}
          onRotated={(made) => setOpen({ is: 'set up', ...made, id: open.seen.value.id })}
        />
      )}
      {open?.is === 'remove' && <RemoveSource source={open.source} onClose={close} />}
    </>
  )
}

function SourceRow({ source, onOpen }: { source: Source; onOpen(open: Open): void }) {
  const styles = useStyles()
  const { sentences, go } = useConsole()
  const { sources: words, common } = sentences
  const { id, name, paused, secrets } = source
  const { read, change, isBusy } = useSourceEdit(id)
  const edit = async (changed: Partial<SourceEdit>) => {
    const now = await read()
    if (now) await change(now, changed)
  }
  const rotate = async () => {
    const now = await read()
    if (!now) return
    if (now.value.secrets > 1) return onOpen({ is: 'rotate', seen: now })
    const rotated = await change(now, { secrets: 'rotate' })
    if (rotated) onOpen({ is: 'set up', ...rotated, id })
  }
  return (
    <Row>
      <Cell>
        <strong>{name}</strong> {paused && <Badge appearance="tint">{words.paused}</Badge>}
        <div className={styles.small}>{source.kindTitle}</div>
      </Cell>
      <Cell label={words.events}>
        {source.lastEventAt === null ? words.waiting : <When at={source.lastEventAt} />}
      </Cell>
      <Cell label={words.channels}>{source.configurations}</Cell>
      <Cell label={words.secret}>{words.secrets(secrets)}</Cell>
      <MenuCell>
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
              <MenuItem onClick={() => onOpen({ is: 'set up', id })}>{words.setUp}</MenuItem>
              <MenuItem onClick={() => onOpen({ is: 'edit', id })}>{words.edit}</MenuItem>
              <MenuItem onClick={() => go({ page: 'channels', sourceId: id })}>
                {words.showDependents}
              </MenuItem>
              <MenuItem onClick={() => void rotate()}>{words.rotate}</MenuItem>
              {secrets > 1 && (
                <MenuItem onClick={() => void edit({ secrets: 'retire' })}>{words.retire}</MenuItem>
              )}
              <MenuItem onClick={() => void edit({ paused: !paused })}>
                {paused ? words.resume : words.pause}
              </MenuItem>
              <MenuItem onClick={() => onOpen({ is: 'remove', source })}>{words.remove}</MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      </MenuCell>
    </Row>
  )
}
