/* {"family": "requests"} */
fetch('https://out.example/upload', { method: 'POST', duplex: 'half', body: new Blob(['canary']).stream() });
