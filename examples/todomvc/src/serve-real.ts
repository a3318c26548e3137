import { serveTodomvc } from './serve.ts';

const [implementation = 'react', , port = '0'] = process.argv.slice(2);
const real = await serveTodomvc(implementation, Number(port));
process.stdout.write(`${real.baseURL}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void real.close().then(() => process.exit(0));
  });
}
