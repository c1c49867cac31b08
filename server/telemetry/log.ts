import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'
import type { Config } from '../config.ts'
import { redactSecrets } from './redact.ts'

export type Log = Logger

/**
 * The log: one JSON object a line, one line per unit of work, named in the past tense under `event`
 * (`request.answered`, `delivery.attempted`) with every id as a field of its own.
 *
 * Three defences keep secrets out: nobody passes them in; requests and answers that slip in are cut to method
 * and status, never headers, bodies or URLs; and `redactSecrets` goes over the finished line (it says what it
 * cannot see).
 *
 * @param stream where lines go; standard output when absent.
 */
export function createLog(level: Config['logLevel'], stream?: DestinationStream): Log {
  return pino(
    {
      level,
      messageKey: 'event',
      errorKey: 'error',
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: {
        error: (error) => errorAsLogged(error),
        err: (error) => errorAsLogged(error),
        req: requestAsLogged,
        request: requestAsLogged,
        res: answerAsLogged,
        response: answerAsLogged,
        headers: () => undefined,
        body: () => undefined,
      },
      hooks: { streamWrite: redactSecrets },
    },
    // With a least length of one byte, `flush` waits for what is being written.
    stream ?? pino.destination({ sync: false, minLength: 1 }),
  )
}

/**
 * Writes what is still buffered, or finds out that nobody reads it any more. Before a process ends: left to
 * itself, the logger writes its rest while the process exits, and tries for ever when the pipe has lost its
 * reader.
 */
export function flushLog(log: Log): Promise<void> {
  return new Promise((resolve) => log.flush(() => resolve()))
}

/** The chain of causes is kept; other properties an error may carry (a request, a body) are not. */
function errorAsLogged(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return String(error)
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && { code: error.code }),
    stack: error.stack,
    // Causes can form a ring.
    ...(error.cause !== undefined && depth < 5 && { cause: errorAsLogged(error.cause, depth + 1) }),
  }
}

function requestAsLogged(request: unknown): unknown {
  return { method: field(request, 'method') }
}

function answerAsLogged(answer: unknown): unknown {
  return { status: field(answer, 'statusCode') }
}

function field(thing: unknown, name: string): unknown {
  return typeof thing === 'object' && thing !== null ? Reflect.get(thing, name) : undefined
}
