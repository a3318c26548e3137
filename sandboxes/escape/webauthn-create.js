/* {"family": "identity", "watch": 1800} */
navigator.credentials.create({ publicKey: { challenge: new Uint8Array(16), rp: { id: 'out.example', name: 'x' }, user: { id: new Uint8Array(16), name: 'x', displayName: 'x' }, pubKeyCredParams: [{ type: 'public-key', alg: -7 }] } });
