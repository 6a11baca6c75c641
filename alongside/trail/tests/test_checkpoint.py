"""Checkpoints in the form that witnesses elsewhere read, and signed so that nobody else can write one."""

import base64
from hashlib import sha256

import pytest

from alongside.trail.checkpoint import NotSigned, Signer, Verifier

SIGNER, ROOT = Signer(bytes(32)), sha256(b"root").digest()
NOTE = SIGNER.sign(7, ROOT, 812)


def test_a_checkpoint_reads_as_c2sp_says():
    origin, size, root, horizon, blank, signature = NOTE.rstrip("\n").split("\n")

    assert (origin, size, blank) == (SIGNER.verifier.name, "7", "")
    assert base64.b64decode(root) == ROOT
    assert horizon == "horizon 812"
    assert signature.startswith(f"\u2014 {origin} ")
    assert base64.b64decode(signature.split(" ")[2])[:4] == SIGNER.verifier.key_id


def test_a_checkpoint_opens_with_the_written_down_key_alone():
    said = Verifier.read(str(SIGNER.verifier)).open(NOTE)

    assert (said.size, said.root, said.horizon) == (7, ROOT, 812)


def test_a_cosignature_of_a_witness_does_not_disturb():
    assert SIGNER.verifier.open(NOTE + "\u2014 example.org/witness AAAAAAAA\n").size == 7


@pytest.mark.parametrize(
    "forged",
    [
        NOTE.replace("\n7\n", "\n8\n"),
        NOTE.replace("horizon 812", "horizon 1"),
        NOTE.replace("\n\n", "\n"),
        NOTE.partition("\n\n")[0] + "\n\n",
        Signer(bytes([1]) * 32).sign(7, ROOT, 812),
        NOTE.partition("\n\n")[0] + "\n\n\u2014 " + SIGNER.verifier.name + " not-base64\n",
        "",
        "\u2014",
    ],
)
def test_a_forged_checkpoint_is_refused(forged):
    with pytest.raises(NotSigned):
        SIGNER.verifier.open(forged)


@pytest.mark.parametrize(
    "wrong", ["", "name+00000000+AAAA", str(SIGNER.verifier)[:-3], str(SIGNER.verifier).replace("+", "-", 1)]
)
def test_a_key_that_was_copied_wrongly_is_refused(wrong):
    with pytest.raises(NotSigned):
        Verifier.read(wrong)


def test_two_installations_never_sign_alike():
    assert str(Signer(bytes([1]) * 32).verifier) != str(SIGNER.verifier)
