export { ChromiumError, findChromium } from './chromium.ts';
export type { ChromiumSearch } from './chromium.ts';
export { DIALOG_TAG } from './dialogs.ts';
export type { DialogPolicy, LogMeta, RecordedLog, RecorderOptions } from './options.ts';
export { launchBrowser, openRecorder, TAB_TAG } from './recorder.ts';
export type { Recorder } from './recorder.ts';
export { recordSession, recordUntilClosed } from './session.ts';
export type { SessionOptions } from './session.ts';
