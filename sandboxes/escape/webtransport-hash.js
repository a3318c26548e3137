/* {"family": "sockets"} */
new WebTransport('https://192.0.2.7:443/', { serverCertificateHashes: [{ algorithm: 'sha-256', value: new Uint8Array(32) }] });
