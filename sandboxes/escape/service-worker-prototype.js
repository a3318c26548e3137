/* {"family": "workers", "watch": 1800} */
ServiceWorkerContainer.prototype.register.call(navigator.serviceWorker, '/parts/sw-fetch.js', { scope: '/' });
