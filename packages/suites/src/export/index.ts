import { exportBrowserGym } from './browsergym.ts';
import type { SuiteExport } from './files.ts';
import { exportHarbor } from './harbor.ts';
import { exportHuggingFace } from './hf.ts';
import { exportInspect } from './inspect.ts';
import { exportPuppeteer } from './puppeteer.ts';
import { exportReal } from './real.ts';
import {
  exportAdp,
  exportAtif,
  exportMessages,
  exportPreferences,
  exportShareGpt,
  exportTransitions,
  exportWorldModel,
  type TrajectoryExport,
} from './trajectories.ts';
import { exportWebArena } from './webarena.ts';

/** What suites are exported as, by the name that the command takes. */
export const suiteExports: Readonly<Record<string, SuiteExport>> = {
  webarena: exportWebArena,
  real: exportReal,
  inspect: exportInspect,
  harbor: exportHarbor,
  browsergym: exportBrowserGym,
  puppeteer: exportPuppeteer,
  huggingface: exportHuggingFace,
};

/** What episodes are exported as. */
export const trajectoryExports: Readonly<Record<string, TrajectoryExport>> = {
  atif: exportAtif,
  adp: exportAdp,
  messages: exportMessages,
  sharegpt: exportShareGpt,
  transitions: exportTransitions,
  preferences: exportPreferences,
  'world-model': exportWorldModel,
};
