/* {"family": "devices"} */
navigator.serviceWorker.register('/parts/sw-idle.js').then(() => navigator.serviceWorker.ready).then((sw) => sw.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: new Uint8Array(65).fill(4) }));
