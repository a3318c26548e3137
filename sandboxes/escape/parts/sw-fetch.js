self.addEventListener('install', () => fetch('https://out.example/sw', { mode: 'no-cors' }));
