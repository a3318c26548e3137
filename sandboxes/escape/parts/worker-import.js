importScripts('https://out.example/worker.js');
