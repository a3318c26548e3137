import { describe, expect, it } from 'vitest';
import { realCommand } from '../../src/index.ts';

const server = `node -e "
  const [account, port] = process.argv.slice(1);
  require('http').createServer((_, answer) => answer.end(account)).listen(port, '127.0.0.1', () => console.log('ready at http://127.0.0.1:' + port + '/'));
" {account} {port}`;

describe('realCommand', () => {
  it('starts the command with account and port, and stops it', async () => {
    const { baseURL, close } = await realCommand(server).open('mara');
    expect(baseURL).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(baseURL)).text()).toBe('mara');
    await close();
    await expect(fetch(baseURL)).rejects.toThrow();
  });

  it('lets no character of an account mean anything to the shell', async () => {
    const { baseURL, close } = await realCommand(server).open("a'; exit 3; '");
    expect(await (await fetch(baseURL)).text()).toBe("a'; exit 3; '");
    await close();
  });

  it('tells why a command ended before it was ready', async () => {
    await expect(realCommand('echo no database >&2; exit 3').open('mara')).rejects.toThrow(/ended with code 3 .* no database/);
  });
});
