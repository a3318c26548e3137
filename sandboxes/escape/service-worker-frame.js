/* {"family": "workers", "watch": 1800} */
const frame = document.createElement('iframe'); document.body.append(frame); frame.contentWindow.navigator.serviceWorker.register('/parts/sw-fetch.js', { scope: '/' });
