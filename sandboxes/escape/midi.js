/* {"family": "devices"} */
navigator.requestMIDIAccess({ sysex: true });
