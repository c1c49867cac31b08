/**
 * The network between Cardwire and Teams, as bad as one likes: a small TCP proxy.
 *
 * A link is one connection of Cardwire's with the one made for it to Teams. What comes in on one side is held for a
 * while and goes out on the other, in order; how long and in what pieces the weather says. When either side closes,
 * the other is closed and **what is held is dropped**: so nothing that a killed process has sent reaches Teams after
 * its death, and whoever sees a link end knows that nothing more comes of it.
 *
 * It knows nothing of HTTP. For the account it writes down when each link has passed on all that Teams had said, and
 * who ended it: by that the answer to a request was passed, or cut.
 */
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net'

export interface Proxy {
  readonly port: number
  readonly links: readonly Link[]
  weather(next: Weather): Promise<void>
  /** Ends every link at once, as a router that restarts would. */
  cut(): number
  /** Resolves when the next answer has been passed on. */
  answer(): Promise<void>
  close(): Promise<void>
}

export interface Link {
  /** From which port it reaches Teams; there this names it. */
  readonly port: number
  readonly openedAt: number
  /** When Cardwire began to say something. */
  readonly askedAt: readonly number[]
  /** When Cardwire had been given all that Teams had said until then. */
  readonly answeredAt: readonly number[]
  endedAt: number | undefined
  endedBy: 'Cardwire' | 'Teams' | 'the network' | undefined
}

/** `silent` accepts and says nothing, `refusing` does not listen. A piece of at most so many bytes each so many ms. */
export type Weather =
  | { is: 'silent' }
  | { is: 'refusing' }
  | { is: 'passing'; pieceBytes: number; delayMs: number }

export async function createProxy(options: { teamsPort: number; weather: Weather }): Promise<Proxy> {
  let weather = options.weather
  const links: (Link & { end(by: Link['endedBy']): void; pump(): void })[] = []
  let awaiting: (() => void)[] = []
  let server = await listen(0)
  const { port } = server.address() as { port: number }

  function take(client: Socket): void {
    const teams = connectTo({ port: options.teamsPort, host: '127.0.0.1' })
    teams.once('connect', () => begin(client, teams))
    teams.once('error', () => client.destroy())
    client.on('error', () => teams.destroy())
  }

  function begin(client: Socket, teams: Socket): void {
    const askedAt: number[] = []
    const answeredAt: number[] = []
    const there = pipe(client, teams, { begun: () => askedAt.push(Date.now()) })
    const back = pipe(teams, client, {
      emptied() {
        answeredAt.push(Date.now())
        for (const tell of awaiting.splice(0)) tell()
      },
    })
    const link = {
      port: teams.localPort ?? 0,
      openedAt: Date.now(),
      askedAt,
      answeredAt,
      endedAt: undefined as number | undefined,
      endedBy: undefined as Link['endedBy'],
      pump: () => [there, back].forEach((one) => one.pump()),
      end(by: Link['endedBy']) {
        if (link.endedAt !== undefined) return
        link.endedAt = Date.now()
        link.endedBy = by
        for (const one of [there, back]) one.drop()
        client.destroy()
        teams.destroy()
      },
    }
    links.push(link)
    for (const event of ['end', 'close', 'error']) client.on(event, () => link.end('Cardwire'))
    for (const event of ['end', 'close', 'error']) teams.on(event, () => link.end('Teams'))
    if (client.destroyed) link.end('Cardwire')
  }

  /** One direction of a link, told when it begins to hold something and when it holds nothing any more. */
  function pipe(from: Socket, to: Socket, told: { begun?: () => void; emptied?: () => void }) {
    let held = Buffer.alloc(0)
    let timer: NodeJS.Timeout | undefined
    function pump(): void {
      if (timer || held.length === 0 || weather.is === 'silent') return
      const { pieceBytes, delayMs } =
        weather.is === 'passing' ? weather : { pieceBytes: Infinity, delayMs: 0 }
      timer = setTimeout(() => {
        timer = undefined
        if (weather.is === 'silent') return
        to.write(held.subarray(0, pieceBytes))
        held = held.subarray(Math.min(pieceBytes, held.length))
        if (held.length === 0) told.emptied?.()
        pump()
      }, delayMs)
    }
    from.on('data', (bytes: Buffer) => {
      if (held.length === 0) told.begun?.()
      held = Buffer.concat([held, bytes])
      pump()
    })
    return {
      pump,
      drop() {
        clearTimeout(timer)
        held = Buffer.alloc(0)
      },
    }
  }

  function listen(wanted: number): Promise<Server> {
    const made = createServer(take)
    return new Promise((resolve, reject) => {
      made.once('error', reject)
      made.listen(wanted, '127.0.0.1', () => resolve(made))
    })
  }

  const cut = () => {
    const open = links.filter((link) => link.endedAt === undefined)
    for (const link of open) link.end('the network')
    return open.length
  }

  return {
    port,
    links,
    async weather(next) {
      weather = next
      if (next.is === 'refusing') {
        server.close()
        cut()
      } else if (!server.listening) {
        server = await listen(port)
      }
      for (const link of links) if (link.endedAt === undefined) link.pump()
    },
    cut,
    answer: () => new Promise((resolve) => void awaiting.push(resolve)),
    async close() {
      cut()
      if (!server.listening) return
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
