import { ServiceError } from '../errors.ts';

/** Work done one after the other, and only so much of it waiting. */
export interface Queue {
  /** @throws ServiceError `BUSY` where too much waits already */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves once all that was asked for so far is done. */
  whenIdle(): Promise<void>;
}

/** Makes a queue in which at most `most` pieces of work wait or run. */
export function createQueue(most: number): Queue {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    whenIdle: () => last.then(() => undefined),
    async run(work) {
      if (waiting >= most) throw new ServiceError('BUSY', `${waiting} requests wait for this episode already: wait for their answers.`);
      waiting += 1;
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      try {
        return await mine;
      } finally {
        waiting -= 1;
      }
    },
  };
}
