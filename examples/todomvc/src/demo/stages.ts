import { styleText } from 'node:util';

/** How long a part of the demo took. */
export interface StageTime {
  readonly name: string;
  readonly seconds: number;
}

/** Tells on stderr what is going on: one line a part, with what came out and how long it took. */
export class Stages {
  readonly times: StageTime[] = [];
  readonly #live = process.stderr.isTTY === true;
  #shown = 0;

  /** Does a part of the work. `progress` shows how far it is; what it returns beside its value is the line that stays. */
  async run<T>(name: string, work: (progress: (text: string) => void) => Promise<readonly [T, string]>): Promise<T> {
    const began = performance.now();
    this.#show(`${name} …`);
    const [value, said] = await work((text) => this.#show(`${name}: ${text}`));
    const seconds = (performance.now() - began) / 1000;
    this.times.push({ name, seconds });
    this.#clear();
    process.stderr.write(`${styleText('green', '✓')} ${name}: ${said} ${styleText('dim', `(${seconds.toFixed(1)} s)`)}\n`);
    return value;
  }

  #show(line: string): void {
    if (this.#live) {
      this.#clear();
      process.stderr.write(styleText('dim', line.slice(0, (process.stderr.columns ?? 80) - 1)));
      this.#shown = 1;
    } else if (Date.now() - this.#shown > 5000) {
      process.stderr.write(`${line}\n`);
      this.#shown = Date.now();
    }
  }

  #clear(): void {
    if (this.#live && this.#shown === 1) process.stderr.write('\r\u001B[2K');
  }
}
