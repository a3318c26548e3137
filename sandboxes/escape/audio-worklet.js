/* {"family": "workers"} */
new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule('https://out.example/audio.js');
