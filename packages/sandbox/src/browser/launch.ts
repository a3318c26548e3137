import { chromium, type Browser } from 'playwright-core';
import { InfraError } from '../engine/errors.ts';

/**
 * Switches that let nothing out, each tried against every way out that is known: a dead proxy for all hosts, loopback too;
 * no name resolves; WebRTC only through the proxy (one switch each for the headless shell and for the full browser); no QUIC.
 */
const closedSwitches = [
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
];

/** Variables that the browser may see; nothing else of the environment reaches it. */
const passedOn = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'FONTCONFIG_PATH', 'FONTCONFIG_FILE', 'SystemRoot'];

/**
 * Starts a Chromium that reaches no network. Its own sandbox is on wherever the system lets it be: not for root. Signals are left to
 * the caller, which closes the browser when it stops.
 * @throws InfraError where it does not start
 */
export async function launchClosed(executablePath: string): Promise<Browser> {
  const env = Object.fromEntries(passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  try {
    return await chromium.launch({
      executablePath,
      args: closedSwitches,
      env,
      chromiumSandbox: process.getuid?.() !== 0,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (cause) {
    throw new InfraError(`The browser ${executablePath} does not start. Is it a Chromium that can be executed?`, { cause });
  }
}
