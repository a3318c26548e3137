/* {"family": "runtime"} */
const merge = (to, from) => { for (const key in from) to[key] = typeof from[key] === 'object' ? merge(to[key] ?? {}, from[key]) : from[key]; return to; }; merge({}, JSON.parse('{"__proto__": { "src": "https://out.example/polluted" }}')); const image = new Image(); image.src = {}.src;
