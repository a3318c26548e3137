import type { Spent } from './asker.ts';
import type { Message, Reply } from './wire.ts';

/** A conversation so far, in which the model speaks next, and the tools that it may call: one at a time, if any. */
export type Conversation = Pick<Message, 'system' | 'tools' | 'messages' | 'betas'> & { readonly max_tokens: number };

/** What the model said, and what it cost, which is nothing where it was remembered. */
export interface Said {
  readonly reply: Reply;
  readonly spent: Spent;
}

/** Goes on with conversations. It throws where going on makes no sense: no key, a budget that is used up, a service that stays away. */
export interface Talker {
  talk(conversation: Conversation, signal?: AbortSignal): Promise<Said>;
}
