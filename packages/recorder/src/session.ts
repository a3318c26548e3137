import type { RecordedLog, RecorderOptions } from './options.ts';
import { openRecorder } from './recorder.ts';
import type { Recorder } from './recorder.ts';

/** A recording and what happens in it. */
export interface SessionOptions extends RecorderOptions {
  /** Drives the page, which shows `url` when it is called. Default: a person does, until the window is closed. */
  readonly drive?: (recorder: Recorder) => Promise<void>;
}

/**
 * Records one session and writes its log. It ends when the script has run, the window is closed or the signal is aborted;
 * the log is written in each case, also where the script fails, whose error is then thrown.
 * @throws ChromiumError where there is no browser; the error of the first page load.
 */
export async function recordSession(options: SessionOptions): Promise<RecordedLog> {
  const recorder = await openRecorder(options);
  try {
    await Promise.race([run(recorder, options), recorder.ended]);
  } catch (error) {
    await recorder.close();
    throw error;
  }
  return recorder.close();
}

/** Lets a person use the application in a window, and writes the log when the window is closed or the signal is aborted. */
export async function recordUntilClosed(url: string, options: Omit<RecorderOptions, 'url'>): Promise<RecordedLog> {
  return recordSession({ headless: false, ...options, url });
}

async function run(recorder: Recorder, { url, drive }: SessionOptions): Promise<void> {
  try {
    await recorder.page.goto(url);
    await (drive === undefined ? recorder.ended : drive(recorder));
  } catch (error) {
    // A page that was closed under the script is an end like any other.
    if (!recorder.page.isClosed()) throw error;
  }
}
