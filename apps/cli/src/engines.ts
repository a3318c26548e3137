import type { Engine } from '@backlot/sandbox';

export const engineNames = ['text', 'browser'] as const;
export type EngineName = (typeof engineNames)[number];

/** Makes an engine. The caller closes it. */
export async function createEngine(name: EngineName): Promise<Engine> {
  const { createBrowserEngine, createTextEngine } = await import('@backlot/sandbox');
  if (name === 'text') return createTextEngine();
  const { findChromium } = await import('@backlot/recorder');
  return createBrowserEngine({ executablePath: findChromium() });
}
