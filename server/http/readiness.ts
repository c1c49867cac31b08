/** Whether the server should be given work: not before it is migrated and connected, nor while it stops. */
export interface Readiness {
  state(): 'starting' | 'ready' | 'stopping'
  /** Resolves when the database answers. */
  ping(): Promise<void>
}
