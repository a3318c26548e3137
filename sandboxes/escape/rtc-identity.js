/* {"family": "webrtc", "watch": 1800} */
const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:192.0.2.7:3478' }] }); peer.setIdentityProvider?.('out.example', {}); peer.getIdentityAssertion?.(); peer.addTransceiver('audio'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
