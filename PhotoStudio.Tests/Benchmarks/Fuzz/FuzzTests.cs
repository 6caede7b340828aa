using PhotoStudio.Benchmarks.Fuzz;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace PhotoStudio.Tests.Benchmarks.Fuzz;

/// <summary>Damaged files in processes of their own. <c>./studio bench fuzz</c> does the same for longer.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Ten_thousand_damaged_files_end_with_a_picture_or_a_clear_error_and_leave_nothing_behind()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var folder = Path.Combine(AppContext.BaseDirectory, "TestResults", "fuzz");

        var report = await new FuzzRun(seed, folder, workers: 2).ReadAsync(10_000, time: null, CancellationToken.None);

        var printed = new StringWriter();
        report.Print(printed);
        output.WriteLine(printed.ToString());
        report.Failures.ShouldBeEmpty(printed.ToString());
        report.Files.ShouldBe(10_000);
        foreach (var format in TestFiles.Codec.Encodes)
        {
            report.Count(format, FuzzOutcome.Decoded).ShouldBeGreaterThan(10, $"{format}");
            report.Count(format, FuzzOutcome.Refused).ShouldBeGreaterThan(50, $"{format}");
        }

        foreach (var worker in report.Memory.GroupBy(memory => memory.Worker))
        {
            FuzzMemory[] curve = [.. worker];
            curve[^1].Objects.ShouldBe(curve[0].Objects, printed.ToString());

            // Caches fill during the first files; a leak of a kilobyte a file would add 5 MiB more, one of a picture's bytes 20 MiB.
            var early = curve[curve.Length / 3].Bytes;
            curve[^1].Bytes.ShouldBeLessThan(early + (64 << 20), printed.ToString());
        }
    }

    [Fact]
    public async Task A_saved_file_can_be_read_again()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "picture.bin");
        await File.WriteAllBytesAsync(path, TestFiles.Encode(TestPictures.Quarters(20, 20), PictureFormat.Png));
        var cut = Path.Combine(folder.Path, "cut.bin");
        await File.WriteAllBytesAsync(cut, (await File.ReadAllBytesAsync(path))[..60]);

        (await FuzzRun.ReplayAsync(path, CancellationToken.None)).ShouldBe("decoded");
        (await FuzzRun.ReplayAsync(cut, CancellationToken.None)).ShouldBe("refused");
    }
}
