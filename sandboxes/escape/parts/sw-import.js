importScripts('https://out.example/sw.js');
