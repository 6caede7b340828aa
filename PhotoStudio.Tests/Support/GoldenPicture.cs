using System.Runtime.CompilerServices;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using Xunit.Sdk;

namespace PhotoStudio.Tests.Support;

/// <summary>
/// Pictures that were looked at and found good, kept as PhotoStudio.Tests/Golden/&lt;area&gt;/&lt;name&gt;.png. Keep them small.
/// Running the tests with STUDIO_UPDATE_GOLDEN=1 writes them anew; look at every one before committing.
/// </summary>
public static class GoldenPicture
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("STUDIO_UPDATE_GOLDEN") == "1";

    /// <summary>Compares with the golden picture. The default allows for other versions of a codec, not for other algorithms.</summary>
    /// <param name="actual">What came out.</param>
    /// <param name="area">The folder below Golden, such as "Imaging".</param>
    /// <param name="name">The file's name without extension.</param>
    /// <param name="maxDifference">Largest difference allowed of any sample, in levels.</param>
    /// <param name="psnr">Least peak signal-to-noise ratio allowed, in dB.</param>
    /// <param name="test">Names the files that are left when it fails.</param>
    public static void Verify(
        Picture actual, string area, string name, int maxDifference = 12, double psnr = 45, [CallerMemberName] string test = "")
    {
        var path = Repository.PathOf("PhotoStudio.Tests", "Golden", area, $"{name}.png");
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, TestFiles.Encode(actual, PictureFormat.Png));
            return;
        }

        if (!File.Exists(path))
            throw new XunitException($"There is no golden picture {path}. Run the test with STUDIO_UPDATE_GOLDEN=1 and look at it.");
        PictureAssert.Similar(actual, TestFiles.Decode(File.ReadAllBytes(path)), maxDifference, psnr: psnr, test: test);
    }
}
