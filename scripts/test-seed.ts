import { configureGlobal } from 'fast-check';

/** Property tests draw the same examples on every run; BACKLOT_TEST_SEED draws others. */
configureGlobal({ seed: Number(process.env['BACKLOT_TEST_SEED'] ?? 20260101) });
