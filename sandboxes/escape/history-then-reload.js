/* {"family": "navigation"} */
history.pushState(null, '', '/elsewhere'); fetch('https://out.example/history', { mode: 'no-cors' });
