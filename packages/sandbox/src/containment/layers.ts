/**
 * What holds a browser in, each independent of the others. `user`: no privileges, and Chromium's own sandbox. `namespace`: no network at
 * all. `switches`: a Chromium that reaches no network. `routes`: every request and web socket is answered or stopped by the engine.
 * `csp`: content security and permissions policies. `allowlist`: the Connection-Allowlist header. `answers`: only known response headers,
 * no redirects. `permissions`: no service worker, download, further window or device.
 */
export const layerNames = ['user', 'namespace', 'switches', 'routes', 'csp', 'allowlist', 'answers', 'permissions'] as const;
export type Layer = (typeof layerNames)[number];

/** Layers that are on. Engines always use all; only tests of the layers themselves leave some out. */
export type Layers = ReadonlySet<Layer>;

export const allLayers: Layers = new Set(layerNames);
