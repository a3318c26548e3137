import { describe, expect, it } from 'vitest';
import { implementation, implementations } from '../src/implementations.ts';
import { serveTodomvc } from '../src/serve.ts';

describe('implementations', () => {
  it.each(Object.keys(implementations))('names %s as the package todomvc has it', async (name) => {
    const { baseURL, close } = await serveTodomvc(name);
    const page = await (await fetch(`${baseURL}/`)).text();
    await close();
    expect(page).toContain('<html');
    expect(page).toContain('TodoMVC');
  });

  it('says what it knows where it does not know an implementation', () => {
    expect(() => implementation('jquery')).toThrow(/do not know the implementation "jquery"\. Known: ampersand, .*vue/);
  });
});
