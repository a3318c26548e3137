export type { Admission, Control } from './admit.ts';
export { admit, controls } from './admit.ts';
export type { SuiteOptions } from './build-suite.ts';
export { buildSuite, rejectionRate } from './build-suite.ts';
export { readSuite, SuiteFileError, suiteText, writeSuite } from './suite-file.ts';
export { readWork } from './work-file.ts';
