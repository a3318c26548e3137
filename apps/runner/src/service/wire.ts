/** What happens at the other end of a connection. */
export interface WireEvents {
  text(text: string): void;
  /** The connection is gone; nothing comes any more. */
  gone(): void;
}

/** A connection that texts go over, wherever its socket is. */
export interface Wire {
  /** Told from now on, once. */
  listen(events: WireEvents): void;
  /** Resolves once more may be sent: at once, or when what was sent before has been taken. */
  send(text: string): Promise<void>;
  /** @param code as RFC 6455 numbers reasons */
  close(code: number, reason?: string): void;
  /** Ends it without a word. */
  cut(): void;
  /** Reads no more from it, until `resume`. */
  pause(): void;
  resume(): void;
}
