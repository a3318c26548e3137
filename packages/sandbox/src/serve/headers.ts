/**
 * What every answer carries. The policy is the server's own: it holds even where a clone's `index.html` lacks one. Framing by the
 * same origin is let through, so that pages for people can show a clone.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "media-src 'self' data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-src 'none'",
    "frame-ancestors 'self'",
    "object-src 'none'",
    "worker-src 'none'",
    "manifest-src 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), identity-credentials-get=(), publickey-credentials-get=()',
};

/** Where the browser knows it: no connection to anything but the origin of the answer, of any kind. */
export const allowlistHeader: Readonly<Record<string, string>> = { 'connection-allowlist': '(response-origin)' };
