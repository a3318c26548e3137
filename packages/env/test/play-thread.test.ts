import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { playThread } from '../src/play-thread.ts';

const source = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { getHeapSpaceStatistics } = require('node:v8');
  const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
  parentPort.postMessage({ said: workerData, mb: (young.space_used_size + young.space_available_size) / 2 ** 20 });
`;

describe('playThread', () => {
  it('starts a thread with room for the young objects of many steps', async () => {
    const thread = playThread(
      new URL(
        `data:text/javascript,${encodeURIComponent(`import { createRequire } from 'node:module'; const require = createRequire('file:///');${source}`)}`,
      ),
      {
        workerData: 'hello',
      },
    );
    const [{ said, mb }] = (await once(thread, 'message')) as [{ said: string; mb: number }];
    await thread.terminate();
    expect(said).toBe('hello');
    expect(mb).toBeGreaterThanOrEqual(60);
  });
});
