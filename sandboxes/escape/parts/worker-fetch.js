fetch('https://out.example/worker', { mode: 'no-cors' });
