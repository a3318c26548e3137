import { describe, expect, it } from 'vitest';
import { readHarEntry, relativeUrl } from '../../src/har/entry.ts';

const entry = (over: { request?: object; response?: object; [key: string]: unknown } = {}): unknown => ({
  startedDateTime: '2026-01-02T03:04:05.678Z',
  time: 12.5,
  ...over,
  request: { method: 'get', url: 'http://app.test/a?b=1', headers: [], ...over.request },
  response: { status: 200, redirectURL: '', content: { mimeType: 'application/json', text: '{"x":1}' }, ...over.response },
});

describe('an entry of a HAR file', () => {
  it('becomes an exchange with the address relative to the application', () => {
    expect(readHarEntry(entry(), 'http://app.test')).toEqual({
      exchange: {
        method: 'GET',
        url: '/a?b=1',
        status: 200,
        responseMime: 'application/json',
        responseBody: '{"x":1}',
        at: 1767323045678,
        ms: 12.5,
      },
      isDocument: false,
      isStatic: false,
      isTyped: false,
    });
  });

  it('keeps addresses of others as they are', () => {
    expect(relativeUrl('https://else.test/a', 'http://app.test')).toBe('https://else.test/a');
    expect(relativeUrl('http://app.test.evil/a', 'http://app.test')).toBe('http://app.test.evil/a');
    expect(relativeUrl('http://app.test', 'http://app.test/')).toBe('/');
  });

  it('holds what was sent, also where it is given as parameters', () => {
    const postData = { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a', value: 'b c' }] };
    expect(readHarEntry(entry({ request: { postData } }), '')).toMatchObject({ exchange: { requestBody: { text: 'a=b+c' } } });
  });

  it('gives images, style sheets and fonts as assets', () => {
    const content = { mimeType: 'text/css', text: 'p{}' };
    expect(readHarEntry(entry({ response: { content } }), 'http://app.test')).toMatchObject({
      isStatic: true,
      asset: { url: '/a?b=1', mime: 'text/css', base64: Buffer.from('p{}').toString('base64') },
    });
  });

  it('does not keep the page itself a second time', () => {
    const content = { mimeType: 'text/html', text: '<p>' };
    const read = readHarEntry(entry({ _resourceType: 'document', response: { content } }), '');
    expect(read).toMatchObject({ isDocument: true, exchange: { status: 200 } });
    expect(read).not.toHaveProperty('exchange.responseBody');
  });

  it.each([
    [null, 'no request'],
    [entry({ startedDateTime: 'soon' }), 'no moment'],
    [entry({ request: { url: 3 } }), 'no address'],
  ])('that is something else is refused with a reason: %#', (value, reason) => {
    expect(readHarEntry(value, '')).toContain(reason);
  });
});
