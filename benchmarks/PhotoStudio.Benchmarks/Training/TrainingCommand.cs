using PhotoStudio.Training.Assistant;
using PhotoStudio.Training.Faces;

namespace PhotoStudio.Benchmarks.Training;

/// <summary>
/// <c>train faces</c>: makes the weights by which the studio tells faces from other things; <c>train assistant</c>: those by which it tells wishes
/// and languages apart, into the repository above the current folder.
/// </summary>
public static class TrainingCommand
{
    private const string Usage = "usage: train faces --out file | train assistant";

    /// <summary>Whether the arguments are for training.</summary>
    public static bool IsFor(string[] arguments) => arguments is ["train", ..];

    /// <summary>Runs it; the exit code is 0, or 2 for bad usage.</summary>
    public static int Run(string[] arguments, TextWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (arguments is [_, "assistant"])
        {
            AssistantTraining.Run(writer, cancellationToken);
            return 0;
        }

        if (arguments is not [_, "faces", "--out", var path])
        {
            writer.WriteLine(Usage);
            return 2;
        }

        FaceWindowTraining.Run(path, writer, cancellationToken);
        return 0;
    }
}
