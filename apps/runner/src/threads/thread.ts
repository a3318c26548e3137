/** Keeps a share of the episodes of a service, and answers what the main thread passes on. */
import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { createService } from '../service/service.ts';
import { OpenBodies, requestOf } from './copies.ts';
import { FarWires } from './far-wires.ts';
import { wireEvents, type ProvisionModule, type ThreadCalls, type ThreadSetup, type WireCalls } from './messages.ts';
import { seatCountOf } from './shared-seats.ts';

const { module, data, token, thread, seats } = workerData as ThreadSetup;

async function begin() {
  const { provide } = (await import(module)) as ProvisionModule;
  const provision = await provide(data);
  const service = await createService(provision.options, token, { thread, count: seatCountOf(seats, thread) });
  return { provision, service };
}

const begun = begin();
// Whoever asks hears of it.
begun.catch(() => undefined);
const bodies = new OpenBodies();

const calls: ThreadCalls = {
  async begin() {
    await begun;
  },
  async fetch(request) {
    const { service } = await begun;
    return bodies.copyOf(await service.fetch(requestOf(request)));
  },
  read: (body) => bodies.read(body),
  cancel: (body) => bodies.cancel(body),
  async admit(arrival) {
    const { service } = await begun;
    const admission = await service.admit(arrival);
    return 'status' in admission ? admission.status : null;
  },
  async metrics() {
    const { service } = await begun;
    return service.hub.metrics.registry.getMetricsAsJSON();
  },
  async drain(ms) {
    const { service } = await begun;
    await service.drain(ms);
  },
  async close() {
    const { service, provision } = await begun;
    await service.close();
    await provision.close?.();
  },
  connect(id, arrival) {
    const wire = wires.open(id);
    void begun
      .then(({ service }) => service.admit(arrival))
      .then((admission) => {
        // The episode of a ticket may have ended since its connection was let in.
        if ('status' in admission) wire.close(1008);
        else admission.serve(wire);
      });
  },
  text: (id, text) => wires.text(id, text),
  gone: (id) => wires.gone(id),
  stalls: (id) => wires.stalls(id),
  flows: (id) => wires.flows(id),
};

const main = createBirpc<WireCalls, ThreadCalls>(calls, {
  post: (message) => parentPort?.postMessage(message),
  on: (take) => void parentPort?.on('message', take),
  eventNames: [...wireEvents],
  timeout: -1,
});
const wires = new FarWires(main);
