/* {"family": "identity", "watch": 1800} */
navigator.credentials.get({ publicKey: { challenge: new Uint8Array(16), rpId: 'out.example', allowCredentials: [] } });
