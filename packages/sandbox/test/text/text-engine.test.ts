import { createTextEngine } from '../../src/index.ts';
import { describeEngineConformance } from '../conformance.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';

describeEngineConformance('text', async () => ({ engine: createTextEngine(), clone: { world: listWorld, hash: '0' } }), createTextEngine);
