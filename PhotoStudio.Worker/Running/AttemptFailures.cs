using PhotoStudio.Core;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Running;

/// <summary>What an exception means for a job: whose fault it is, whether another attempt may succeed, and what the owner reads.</summary>
internal static class AttemptFailures
{
    /// <summary>The failure an exception stands for.</summary>
    public static JobFailure From(Exception exception) => exception switch
    {
        AttemptFailedException failed => failed.Failure,
        InferenceException inference => From(inference),
        StorageException storage => new JobFailure("storage_unavailable", storage.Message, Transient: true),
        IOException => new JobFailure("storage_unavailable", "The studio's storage did not answer as it should.", Transient: true),
        _ => new JobFailure("internal_error", "Something went wrong inside the studio.", Transient: true),
    };

    /// <summary>Whether the exception is a surprise whose trace belongs in the log.</summary>
    public static bool IsUnexpected(Exception exception) => exception is not (AttemptFailedException or InferenceException or StorageException);

    private static JobFailure From(InferenceException inference) => inference.Fault switch
    {
        InferenceFault.InvalidInput => new JobFailure(inference.Code, inference.Message),
        InferenceFault.Unavailable => new JobFailure("engine_unavailable", inference.Message),
        InferenceFault.Busy or InferenceFault.Broken => new JobFailure(inference.Code, inference.Message, Transient: true),
        _ => throw new ArgumentOutOfRangeException(nameof(inference), inference.Fault, null),
    };
}
