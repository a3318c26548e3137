fetch(String(window.config), { mode: 'no-cors' });
