import 'https://out.example/module.js';
