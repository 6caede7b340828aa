using System.Diagnostics;
using System.Globalization;
using System.Text;
using PhotoStudio.Core.Text;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Text;

public sealed class NfkcTests
{
    [Theory]
    [InlineData("plain ASCII, 100%!", "plain ASCII, 100%!")]
    [InlineData("Nguye\u0302\u0303n", "Nguyễn")]
    [InlineData("a\u0323\u0302", "\u1EAD")]
    [InlineData("\uFF21\uFF4E\uFF41", "Ana")]
    [InlineData("\uFB01le", "file")]
    [InlineData("x\u00B2", "x2")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글")]
    [InlineData("\U0001D400\U0001D427\U0001D41A", "Ana")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("💍", "💍")]
    public void Texts_that_are_the_same_become_the_same(string text, string expected) => Nfkc.Normalize(text).ShouldBe(expected);

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused()
    {
        // Attributes are stored as UTF-8, which has no halves, so these are no theory's data.
        foreach (var text in (string[])["\uD83D", "a\uDC8D"])
        {
            Nfkc.IsWellFormed(text).ShouldBeFalse();
            Should.Throw<ArgumentException>(() => Nfkc.Normalize(text));
        }
    }

    [Fact]
    public async Task Random_texts_come_out_as_python_makes_them()
    {
        const int texts = 3000;
        var seed = Environment.TickCount;
        var random = new Random(seed);

        // From the places where there is something to normalize, and never from what Unicode has assigned since.
        (int First, int Last)[] blocks =
        [
            (0x20, 0x17F), (0x1A0, 0x233), (0x300, 0x345), (0x370, 0x3FF), (0x400, 0x4FF), (0x5B0, 0x5F2), (0x622, 0x65F), (0x915, 0x95F), (0x9BE, 0x9DF),
            (0xE33, 0xEDD), (0xF40, 0xFB9), (0x1025, 0x102F), (0x1100, 0x11FF), (0x1E00, 0x1FFE), (0x2000, 0x215F), (0x3041, 0x30FE), (0x3131, 0x318E),
            (0xAC00, 0xD7A3), (0xF900, 0xFA6D), (0xFB00, 0xFB4F), (0xFE70, 0xFEFC), (0xFF01, 0xFFDC), (0x1D15E, 0x1D164), (0x1D400, 0x1D7FF), (0x2F800, 0x2FA1D),
        ];
        var lines = Enumerable.Range(0, texts).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ =>
        {
            var (first, last) = blocks[random.Next(blocks.Length)];
            return new Rune(random.Next(first, last + 1)).ToString();
        }))).ToList();

        var start = new ProcessStartInfo("python3", ["-c", "import sys,unicodedata\nfor l in sys.stdin: print(' '.join('%X'%ord(c) for c in unicodedata.normalize('NFKC',''.join(chr(int(x,16)) for x in l.split()))))"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var python = Process.Start(start)!;
        var read = python.StandardOutput.ReadToEndAsync();
        foreach (var line in lines) await python.StandardInput.WriteLineAsync(Codes(line));
        python.StandardInput.Close();
        var expected = (await read).Split('\n');
        for (var i = 0; i < texts; i++) Codes(Nfkc.Normalize(lines[i])).ShouldBe(expected[i].Trim(), $"{Codes(lines[i])}, seed {seed}");
    }

    private static string Codes(string text) => string.Join(' ', text.EnumerateRunes().Select(rune => rune.Value.ToString("X", CultureInfo.InvariantCulture)));
}
